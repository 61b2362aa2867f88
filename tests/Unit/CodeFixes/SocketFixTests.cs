using Quintet.CodeFixes.Coroutines;
using Xunit;

namespace Quintet.Tests.CodeFixes;

/// <summary>Sockets: their asynchronous forms take memory where the blocking ones take arrays.</summary>
public sealed class SocketFixTests
{
    private static readonly QNT4001BlockingCallInCoroutineFix Fix = new();

    private static string In(string body, string before = "") =>
        $"async Task M(Socket s, byte[] b, CancellationToken token)\n{{\n    {before}{body}\n    await Task.Yield();\n}}";

    private static string Without(string body) => In(body).Replace(", CancellationToken token", "", StringComparison.Ordinal);

    private static FixLab Lab(string members) => FixLab.Of([Text(members)]);

    private static string Text(string members) =>
        FixLab.Wrap(members).Replace("using System.IO;", "using System.IO;\nusing System.Net.Sockets;", StringComparison.Ordinal);

    [Theory]
    [InlineData("var n = [|s.Send(b)|];", "var n = await s.SendAsync(b, token);")]
    [InlineData("[|s.Send(b)|];", "await s.SendAsync(b, token);")]
    [InlineData("var n = [|s.Receive(b)|];", "var n = await s.ReceiveAsync(b, token);")]
    [InlineData("int n = [|s.Receive(b, SocketFlags.Peek)|];", "int n = await s.ReceiveAsync(b, SocketFlags.Peek, token);")]
    [InlineData("[|s.Send(b, 1, SocketFlags.None)|];", "await s.SendAsync(b.AsMemory(0, 1), SocketFlags.None, token);")]
    [InlineData("var n = [|s.Receive(b, 2, b.Length - 2, SocketFlags.Peek)|];",
        "var n = await s.ReceiveAsync(b.AsMemory(2, b.Length - 2), SocketFlags.Peek, token);")]
    [InlineData("if ([|s.Receive(b.AsSpan(1))|] == 0) return;", "if (await s.ReceiveAsync(b.AsMemory(1), token) == 0) return;")]
    public Task The_count_is_kept_and_the_token_passed(string body, string expected) =>
        FixAssert.BecomesAsync(Fix, Lab(In(body)), [Text(In(expected))]);

    [Theory]
    [InlineData("var n = [|s.Send(b)|];", "var n = await s.SendAsync(b);")]
    [InlineData("var n = [|s.Receive(b)|];", "var n = await s.ReceiveAsync(b);")]
    public Task Without_a_token_too(string body, string expected) =>
        FixAssert.BecomesAsync(Fix, Lab(Without(body)), [Text(Without(expected))]);

    [Theory]
    // No form gives the error back.
    [InlineData("[|s.Receive(b, 0, 1, SocketFlags.None, out var error)|];", "")]
    // What holds for blocking calls only would hold no more.
    [InlineData("var n = [|s.Receive(b)|];", "s.ReceiveTimeout = 100; ")]
    [InlineData("var n = [|s.Receive(b)|];", "s.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReceiveTimeout, 100); ")]
    [InlineData("[|s.Send(b)|];", "s.Blocking = false; ")]
    public async Task What_means_something_else_stays(string body, string before) =>
        await FixAssert.RefusedAsync(Fix, Lab(In(body, before)));

    [Fact]
    public Task A_setting_that_holds_for_both_forms_does_not_matter() => FixAssert.BecomesAsync(
        Fix, Lab(In("var n = [|s.Receive(b)|];", "s.NoDelay = true; ")),
        [Text(In("var n = await s.ReceiveAsync(b, token);", "s.NoDelay = true; "))]);
}
