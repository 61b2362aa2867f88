using static Quintet.Tests.Verify<Quintet.Analyzers.Rules.Coroutines.QNT4001BlockingCallInCoroutine>;

namespace Quintet.Tests.Rules.Coroutines;

public sealed partial class QNT4001BlockingCallInCoroutineTests
{
    private const string Socket = "new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, default)";

    [Fact]
    public Task A_socket_waits() => Flags(
        $$"""
        async Task M(byte[] data) { var socket = {{Socket}} { Blocking = true }; [|socket.Send(data)|]; await Task.Yield(); }
        """);

    [Fact]
    public Task A_socket_that_was_made_not_to_block_returns_at_once() => Allows(
        $$"""
        async Task M(byte[] data) { var socket = {{Socket}} { Blocking = false }; socket.Send(data); await Task.Yield(); }
        """);

    [Fact]
    public Task A_field_that_is_told_not_to_block_returns_at_once() => Allows(
        $$"""
        readonly System.Net.Sockets.Socket _socket = {{Socket}};
        void Open() => _socket.Blocking = false;
        async Task M(byte[] data) { _socket.Receive(data); await Task.Yield(); }
        """);

    [Fact]
    public Task That_another_socket_does_not_block_says_nothing_of_this_one() => Flags(
        $$"""
        readonly System.Net.Sockets.Socket _socket = {{Socket}}, _other = {{Socket}};
        void Open() => _other.Blocking = false;
        async Task M(byte[] data) { [|_socket.Receive(data)|]; await Task.Yield(); }
        """);

    [Fact]
    public Task What_has_no_such_form_waits_all_the_same() => Flags(
        $$"""
        async Task M() { var socket = {{Socket}} { Blocking = false }; [|socket.Poll(1000, default)|]; await Task.Yield(); }
        """);
}
