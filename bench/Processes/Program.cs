// One scenario per run: prints one number. run.py calls this and the Python side in turn and compares.
using System.Globalization;
using Quintet.Bench.Processes;

var value = args is ["gil", var scenario]
    ? GilScenarios.Run(scenario)
    : await PoolScenarios.RunAsync(args.Length > 0 ? args[0] : throw new ArgumentException("Which scenario?"));
Console.WriteLine(value.ToString("R", CultureInfo.InvariantCulture));
