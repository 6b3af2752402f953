import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemLink,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { PersonRegular } from "@fluentui/react-icons/svg/person";
import { SettingsRegular } from "@fluentui/react-icons/svg/settings";
import type { Session } from "../auth/session";
import { chooseLanguage, LANGUAGES, type Language, text } from "../texts";
import type { ThemeChoice } from "./theme";

interface Props {
  /** Who is signed in, if anybody is. */
  session: Pick<Session, "name" | "userPrincipalName" | "signOut"> | null;
  theme: ThemeChoice;
  onTheme: (choice: ThemeChoice) => void;
}

/** Who is signed in, and how everything looks. */
export function AccountMenu({ session, theme, onTheme }: Props) {
  return (
    <Menu
      checkedValues={{ theme: [theme], language: [text.code] }}
      onCheckedValueChange={(_, { name, checkedItems: [chosen] }) =>
        name === "theme" ? onTheme(chosen as ThemeChoice) : chooseLanguage(chosen as Language)
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={session ? <PersonRegular /> : <SettingsRegular />}
          aria-label={session ? text.account(session.name) : text.appearance}
        >
          {session?.name}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {session && (
            <>
              <MenuGroup>
                <MenuGroupHeader>{session.userPrincipalName}</MenuGroupHeader>
                <MenuItemLink href="/security-info">{text.securityInfo}</MenuItemLink>
                <MenuItem onClick={() => session.signOut()}>{text.signOut}</MenuItem>
              </MenuGroup>
              <MenuDivider />
            </>
          )}
          <MenuGroup>
            <MenuGroupHeader>{text.theme.label}</MenuGroupHeader>
            {(["system", "light", "dark"] as const).map((choice) => (
              <MenuItemRadio key={choice} name="theme" value={choice}>
                {text.theme[choice]}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{text.language}</MenuGroupHeader>
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <MenuItemRadio key={code} name="language" value={code} lang={code}>
                {name}
              </MenuItemRadio>
            ))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
