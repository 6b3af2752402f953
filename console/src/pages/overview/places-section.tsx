import { Badge, makeStyles, Skeleton, SkeletonItem, Text, tokens } from "@fluentui/react-components";
import { useChanges } from "../../api/live-context";
import { Link } from "../../navigation/link";
import { Card } from "../../parts/card";
import { Failure } from "../../parts/notice";
import { RiskLevelBadge } from "../../parts/risk";
import { text } from "../../texts";
import { country, number } from "../../texts/format";
import { HEIGHT, WIDTH } from "./projection";
import { SignInMap } from "./sign-in-map";
import { useCountries } from "./use-countries";

/** How long after a sign-in the countries are counted again, in milliseconds. */
const REST = 15_000;
/** How many countries stand beside the map; the others are on it. */
const LISTED = 8;

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXL, alignItems: "flex-start" },
  // The place of the map is there before the map is.
  map: { flexGrow: 3, flexBasis: "460px", minWidth: 0, aspectRatio: `${WIDTH} / ${HEIGHT}` },
  list: { flexGrow: 1, flexBasis: "220px", minWidth: 0, listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  count: { marginLeft: "auto" },
  fill: { width: "100%", height: "100%" },
});

/** A map of where people sign in from, and the same as a list. */
export function PlacesSection() {
  const styles = useStyles();
  const { countries, failure, reload } = useCountries();
  useChanges(["auditLogs/signIns"], reload, REST);
  if (failure) return <Failure failure={failure} retry={reload} />;
  return (
    <Card>
      <div className={styles.row}>
        <div className={styles.map}>
          {countries ? (
            <SignInMap countries={countries} />
          ) : (
            <Skeleton aria-label={text.list.loading} className={styles.fill}>
              <SkeletonItem className={styles.fill} />
            </Skeleton>
          )}
        </div>
        <ul className={styles.list} aria-label={text.overview.countries}>
          {countries?.slice(0, LISTED).map(({ code, level, count, figure, middle }) => (
            <li key={code} className={styles.item}>
              <Link to={figure.to} query={figure.query}>
                {country(code)}
              </Link>
              {level !== "none" && <RiskLevelBadge level={level} />}
              {!middle && <Badge appearance="outline">{text.overview.notOnMap}</Badge>}
              <Text weight="semibold" className={styles.count}>
                {number(count)}
              </Text>
            </li>
          ))}
          {countries && countries.length > LISTED && (
            <li className={styles.item}>
              <Text size={200}>{text.overview.moreCountries(countries.length - LISTED)}</Text>
            </li>
          )}
          {countries?.length === 0 && <li className={styles.item}>{text.overview.noPlaces}</li>}
        </ul>
      </div>
    </Card>
  );
}
