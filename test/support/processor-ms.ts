/** Processor time of this process so far, in ms: unlike the wall clock it hardly grows when other work shares the machine. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
