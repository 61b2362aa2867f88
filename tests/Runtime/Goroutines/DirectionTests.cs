using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests.Runtime.Goroutines;

/// <summary>test/chan/perm.go: what a channel of one direction does not allow is found by the compiler.</summary>
public sealed class DirectionTests
{
    [Theory]
    [InlineData("both.Send(1); both.Receive(); both.Close(); both.SendAsync(1); both.ReceiveAsync();")]
    [InlineData("send.Send(1); send.TrySend(1); send.Close(); _ = send.Count + send.Capacity;")]
    [InlineData("receive.Receive(); receive.TryReceive(out _); _ = receive.Count + receive.Capacity;")]
    [InlineData("await foreach (var value in receive) _ = value;")]
    [InlineData("new Select().Receive(receive); new Select().Send(send, 1);")]
    public void The_direction_of_a_channel_allows(string statements) => Assert.Empty(Errors(statements));

    [Theory]
    [InlineData("receive.Send(1);")] // send to receive-only
    [InlineData("receive.TrySend(1);")]
    [InlineData("receive.Close();")] // close of receive-only
    [InlineData("send.Receive();")] // receive from send-only
    [InlineData("send.TryReceive(out _);")]
    [InlineData("await foreach (var value in send) _ = value;")]
    [InlineData("new Select().Receive(send);")]
    [InlineData("new Select().Send(receive, 1);")]
    [InlineData("both = send;")] // a direction cannot be taken back
    [InlineData("both = receive;")]
    [InlineData("send = receive;")]
    public void And_forbids(string statement) => Assert.NotEmpty(Errors(statement));

    private static IEnumerable<Diagnostic> Errors(string statements)
    {
        var program = $$"""
            using Quintet.Goroutines;
            internal static class Program
            {
                private static async GoTask Body(Chan<int> both, ISendChan<int> send, IReceiveChan<int> receive)
                {
                    {{statements}}
                    await Go.Yield();
                }
            }
            """;
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "Quintet.dll" or ['S', 'y', 's', 't', 'e', 'm', '.', ..])
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
                "directions",
                [CSharpSyntaxTree.ParseText(program)],
                platform,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .GetDiagnostics()
            .Where(item => item.Severity == DiagnosticSeverity.Error);
    }
}
