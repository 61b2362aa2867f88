using System.Globalization;
using Quintet.Bench.EventLoops;

var command = args.Length > 0 ? args[0] : "";
var rounds = Option("--rounds") is { } r ? int.Parse(r, CultureInfo.InvariantCulture) : 5;
var scale = Option("--scale") is { } s ? double.Parse(s, CultureInfo.InvariantCulture) : 1;
var only = Option("--only")?.Split(',') ?? [];

if (command == "ours")
{
    // Round 0 warms up the just-in-time compiler and is dropped.
    _ = QuintetSide.Measure(scale / 2, only);
    for (var round = 0; round < rounds; round++)
        Console.WriteLine(string.Join("  ", QuintetSide.Measure(scale, only).Select(pair => $"{pair.Key} {pair.Value:0.0}")));
}

string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
