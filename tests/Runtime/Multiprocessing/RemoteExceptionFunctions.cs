using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>The constructor that most exceptions of programs have: no inner exception.</summary>
internal sealed class OnlyMessageException : Exception
{
    public OnlyMessageException(string message) : base(message) { }
}

/// <summary>One that no message makes again.</summary>
internal sealed class NumberedException(int number) : Exception($"number {number}");

internal sealed class NumberedArgumentException(int number) : ArgumentException($"argument {number}");

internal static class NeverInitialized
{
    internal static readonly int Number = int.Parse("none", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What the tests let workers throw.</summary>
internal static class RemoteExceptionFunctions
{
    internal static int Throw(string what) => what switch
    {
        "message" => throw new OnlyMessageException("m"),
        "number" => throw new NumberedException(3),
        "argument" => throw new NumberedArgumentException(3),
        "type" => NeverInitialized.Number,
        "several" => throw new AggregateException("both", new FormatException("a"), new AggregateException(new OnlyMessageException("b"))),
        "http" => throw new HttpRequestException("h"),
        "json" => JsonDocument.Parse("{").RootElement.GetArrayLength(),
        "regex" => new Regex("(").GetGroupNumbers().Length,
        "long" => throw new AggregateException(Enumerable.Range(0, 100).Select(static _ => new FormatException(new string('x', 100_000)))),
        _ => 0,
    };
}
