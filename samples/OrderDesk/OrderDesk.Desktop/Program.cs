using Avalonia.Threading;
using OrderDesk.Desktop;

AvaloniaSynchronizationContext.InstallIfNeeded();
var data = Directory.CreateTempSubdirectory("orderdesk").FullName;
var orders = "1;Ada;2026-01-05;tea;3;4.20\n2;Bob;2026-02-11;cup;1;9.90\n";
File.WriteAllText(Path.Combine(data, "orders.csv"), orders); // right: no window is open yet

if (args.Contains("--demo")) Demo.Run(data);
else Console.WriteLine("These views are shown by a desktop host; run with --demo to click through them without one.");
Directory.Delete(data, recursive: true);
