using Quintet.Bench.Analyzers;
using Quintet.Tool.Loading;

string[] benches = ["cost", "growth", "edits"];
if (args.Length < 2 || !benches.Contains(args[0]))
{
    Console.Error.WriteLine("cost|growth|edits SOLUTION-OR-PROJECT [--rounds N] [--only PEER,PEER] [--all-on] [--pairs N]");
    return 2;
}

var options = BenchOptions.Parse(args.AsSpan(2));
using var temporary = new TemporaryFolder();
var target = await Target.FindAsync(args[1], CancellationToken.None);
var solution = await new SolutionLoader(temporary, restore: true, Console.Error.WriteLine).LoadAsync(target, CancellationToken.None);
foreach (var problem in solution.Problems) Console.Error.WriteLine(problem);
switch (args[0])
{
    case "cost": new CostBench(Sources.Load(solution, temporary), options).Run(); break;
    case "growth": new GrowthBench(Sources.Load(solution, temporary), options).Run(); break;
    default: await new EditBench(solution, temporary, options).RunAsync(); break;
}

return 0;
