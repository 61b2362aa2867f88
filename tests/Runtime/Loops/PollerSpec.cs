using System.Net;
using System.Net.Sockets;
using Quintet.Loops;

namespace Quintet.Tests.Runtime.Loops;

/// <summary>What every poller owes its loop.</summary>
public abstract class PollerSpec
{
    private protected abstract Poller Create();

    [Fact]
    public void A_wake_up_before_the_wait_is_not_lost()
    {
        using var poller = Create();
        poller.Wake();
        Assert.Equal(0, Look(poller, -1));
    }

    [Fact]
    public void A_readable_socket_is_reported_until_it_is_read_and_not_after_it_was_taken_out()
    {
        var (near, far) = Pair();
        using (near)
        using (far)
        using (var poller = Create())
        {
            var target = new Target(near);
            poller.Watch(target, PollEvents.Readable);
            Assert.Equal(0, Look(poller, 0));
            far.Send([1]);
            Assert.Equal(1, Look(poller, 10_000));
            Assert.Equal(1, Look(poller, 10_000));
            Assert.Equal([PollEvents.Readable, PollEvents.Readable], target.Seen.Select(events => events & PollEvents.Readable));
            poller.Watch(target, PollEvents.None);
            Assert.Equal(0, Look(poller, 0));
            Assert.Equal(0, poller.Count);
        }
    }

    /// <summary>Waits, and tells the targets at once.</summary>
    private static int Look(Poller poller, int milliseconds)
    {
        poller.Wait(milliseconds);
        return poller.Tell(new Host());
    }

    private static (Socket Near, Socket Far) Pair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        far.Connect(listener.LocalEndPoint!);
        return (listener.Accept(), far);
    }

    private sealed class Target(Socket socket) : PollTarget(socket)
    {
        internal List<PollEvents> Seen { get; } = [];

        internal override void OnReady(PollEvents events) => Seen.Add(events);
    }

    private sealed class Host : ILoopHost
    {
        public LoopCore Core => throw new NotSupportedException();

        public bool IsInCoroutine => false;

        public void OnReady(PollTarget target, PollEvents events) => target.OnReady(events);

        public void Post(SendOrPostCallback callback, object? state) => throw new NotSupportedException();

        public Action Later(TimeSpan delay, Action callback) => throw new NotSupportedException();

        public string DescribeRunning() => "";
    }
}
