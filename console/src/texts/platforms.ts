/** What makers call their systems, in every language, by the name Graph gives them. */
const NAMES: Record<string, string> = {
  android: "Android",
  iOS: "iOS",
  linux: "Linux",
  macOS: "macOS",
  windows: "Windows",
  windowsPhone: "Windows Phone",
};

/** The name of a device platform; what is not known stays as it is. */
export function platformName(platform: string): string {
  return NAMES[platform] ?? platform;
}
