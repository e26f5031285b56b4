/** Processor time of this process in milliseconds, from `since` on: unlike a clock, other work does not add to it. */
export function processorTime(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
