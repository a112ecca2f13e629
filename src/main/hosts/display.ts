/** Whether this machine has a screen that a window could be opened on. */

/** On Linux and its like a window needs X11 or Wayland; elsewhere there always is a screen. */
export function hasDisplay(): boolean {
  const { platform, env } = process;
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}
