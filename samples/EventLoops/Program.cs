using System.Diagnostics;
using Letters;
using Quintet.Asyncio;
using Quintet.Node;

string[] letters = [.. Enumerable.Range(1, 40).Select(n => $"letter {n}")];
foreach (var (name, send) in new (string, Func<IReadOnlyList<string>, Coroutine<string[]>>)[]
    { ("asyncio, blocked", BlockedPost.Send), ("asyncio, moved", MovedPost.Send) })
{
    var watch = Stopwatch.StartNew();
    var heart = new Heartbeat();
    var seals = EventLoop.Run(Main());
    Tell(name, seals, watch, heart);

    async Coroutine<string[]> Main()
    {
        var beating = Aio.CreateTask(Beat());
        var sent = await send(letters);
        beating.Cancel();
        return sent;
    }

    async Coroutine Beat()
    {
        while (true)
        {
            await Aio.Sleep(TimeSpan.FromMilliseconds(5));
            heart.Beat();
        }
    }
}

foreach (var (name, send) in new (string, Action<IReadOnlyList<string>, Action<string, string>>)[]
    { ("Node, blocked", BlockedDesk.Send), ("Node, moved", MovedDesk.Send) })
{
    var watch = Stopwatch.StartNew();
    var heart = new Heartbeat();
    var seals = new List<string>();
    NodeLoop.Run(() =>
    {
        NodeLoop.Current.SetInterval(heart.Beat, 5).Unref();
        send(letters, (_, seal) => seals.Add(seal));
    });
    Tell(name, seals, watch, heart);
}

static void Tell(string name, IReadOnlyCollection<string> seals, Stopwatch watch, Heartbeat heart) => Console.WriteLine(
    $"{name,-17} {seals.Count} letters in {watch.ElapsedMilliseconds} ms; "
        + $"the loop did nothing else for {heart.LongestPause.TotalMilliseconds:F0} ms");
