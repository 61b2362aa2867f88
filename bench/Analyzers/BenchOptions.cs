namespace Quintet.Bench.Analyzers;

/// <summary>What the command line says beside the bench and the path.</summary>
internal sealed record BenchOptions
{
    public int Rounds { get; private init; } = 5;

    /// <summary>Names of the peers to measure; empty for all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>Switch every listed rule on, those too that a package ships switched off.</summary>
    public bool AllOn { get; private init; }

    /// <summary>Pairs of callee and caller that are edited, at most.</summary>
    public int Pairs { get; private init; } = 12;

    public static BenchOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--rounds" => options with { Rounds = int.Parse(arguments[++i]) },
                "--only" => options with { Only = arguments[++i].Split(',') },
                "--pairs" => options with { Pairs = int.Parse(arguments[++i]) },
                "--all-on" => options with { AllOn = true },
                var other => throw new ArgumentException($"'{other}' is no option"),
            };
        }

        return options;
    }
}
