using Quintet.Multiprocessing;

namespace Quintet.Tests.Conformance.Multiprocessing;

/// <summary>The portable part of CPython's _TestConnection, _TestPoll and _TestPicklingConnections.</summary>
public sealed class PipeSpec
{
    // What is sent comes back from an echo; nothing to receive is said so; a very large message crosses whole; after the end, EOFError.
    [Fact(Timeout = Patience.OfATest), Ports("_TestConnection.test_connection", "_TestPicklingConnections.test_pickling")]
    public async Task A_process_answers_through_the_end_that_it_was_given()
    {
        var (ours, theirs) = ProcessPipe.Create<string>();
        await using var process = WorkerProcess.Start(SharedFunctions.Echo, theirs);
        Assert.False(ours.Poll());
        ours.Send("seven");
        Assert.Equal("seven", ours.Receive());
        var large = new string('x', 8 << 20);
        await ours.SendAsync(large);
        Assert.Equal(large, await ours.ReceiveAsync());
        ours.Send("");
        Assert.Throws<EndOfStreamException>(() => ours.Receive());
        Assert.Equal(0, await process.WaitAsync());
        ours.Dispose();
    }

    // Pipe(duplex=False): the first end only receives, the second only sends; the other way is an OSError.
    [Fact, Ports("_TestConnection.test_duplex_false")]
    public void A_simplex_pipe_has_one_direction()
    {
        var (reader, writer) = ProcessPipe.Create<int>(duplex: false);
        Assert.Equal((false, true, true, false), (reader.CanSend, reader.CanReceive, writer.CanSend, writer.CanReceive));
        writer.Send(1);
        Assert.Equal(1, reader.Receive());
        Assert.Throws<InvalidOperationException>(() => reader.Send(3));
        Assert.Throws<InvalidOperationException>(() => writer.Receive());
        Assert.Throws<InvalidOperationException>(() => writer.Poll());
    }

    // The end that was given away may be closed here at once, and the child still has it.
    [Fact(Timeout = Patience.OfATest), Ports("_TestConnection.test_spawn_close")]
    public async Task An_end_that_was_given_is_no_longer_ours_and_closing_it_here_does_nothing()
    {
        var (ours, theirs) = ProcessPipe.Create<string>();
        await using var process = WorkerProcess.Start(SharedFunctions.Echo, theirs);
        var given = Assert.Throws<ObjectDisposedException>(() => theirs.Send("mine"));
        Assert.Contains($"process {process.ProcessId}", given.Message, StringComparison.Ordinal);
        theirs.Dispose();
        ours.Send("still there");
        Assert.Equal("still there", ours.Receive());
        ours.Dispose();
        Assert.Equal(1, await process.WaitAsync());
        Assert.IsType<EndOfStreamException>(process.Failure);
    }

    // "with": a connection is closed at its end; then it can neither send nor receive, and the other side sees the end.
    [Fact, Ports("_TestConnection.test_context")]
    public void A_closed_end_is_no_more_use_and_its_other_end_finds_it_closed()
    {
        var (first, second) = ProcessPipe.Create<int>();
        first.Send(1);
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Send(2));
        Assert.Throws<ObjectDisposedException>(() => first.Poll());
        Assert.Equal(1, second.Receive());
        Assert.True(second.Poll());
        Assert.Throws<EndOfStreamException>(() => second.Receive());
        Assert.Throws<BrokenProcessPipeException>(() => second.Send(3));
    }

    // An empty message is a message.
    [Fact, Ports("_TestPoll.test_empty_string")]
    public void An_empty_message_is_a_message()
    {
        var (first, second) = ProcessPipe.Create<byte[]>();
        first.Send([]);
        Assert.True(second.Poll());
        Assert.True(second.Poll());
        Assert.Empty(second.Receive());
        Assert.False(second.Poll());
    }

    // Messages are received one by one, as they were sent, however many wait.
    [Fact, Ports("_TestPoll.test_strings", "_TestPoll.test_boundaries", "_TestPoll.test_dont_merge")]
    public void Messages_keep_their_boundaries_and_their_order()
    {
        var (first, second) = ProcessPipe.Create<string>();
        string[] sent = ["hello", "", "a", "b", "bye", "lop"];
        foreach (var text in sent) first.Send(text);
        foreach (var text in sent)
        {
            Assert.True(second.Poll(TimeSpan.FromSeconds(1)));
            Assert.Equal(text, second.Receive());
        }
        Assert.False(second.Poll(TimeSpan.FromMilliseconds(1)));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task What_a_process_sent_before_it_was_killed_is_received_and_then_the_end()
    {
        var (ours, theirs) = ProcessPipe.Create<string>();
        await using var process = WorkerProcess.Start(SharedFunctions.SendThenDie, theirs);
        Assert.Equal("last words", await ours.ReceiveAsync());
        await Assert.ThrowsAsync<EndOfStreamException>(() => ours.ReceiveAsync());
        Assert.Equal(9, await process.WaitAsync() - 128);
        Assert.Throws<BrokenProcessPipeException>(() => ours.Send("too late"));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task A_full_pipe_waits_for_room_and_hears_that_nobody_will_make_any()
    {
        var (first, second) = ProcessPipe.Create<byte[]>(maxBytes: 1000);
        Assert.Throws<PayloadSerializationException>(() => first.Send(new byte[1001]));
        first.Send(new byte[600]);
        Assert.False(first.TrySend(new byte[600], TimeSpan.Zero));
        using var cancellation = new CancellationTokenSource();
        var waiting = first.SendAsync(new byte[600], cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var broken = first.SendAsync(new byte[600]);
        second.Dispose();
        await Assert.ThrowsAsync<BrokenProcessPipeException>(() => broken);
    }
}
