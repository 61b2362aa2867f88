using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Quintet.Asyncio;
using static Quintet.Tests.Conformance.Traces.Twins.Asyncio.AsyncioTwin;

namespace Quintet.Tests.Conformance.Traces.Twins.Asyncio;

internal sealed partial class HandlersTold(Transcript t)
{
    private static readonly EventLoopOptions Real = new() { HandleInterrupt = false };

    [Twin("asyncio/91-py313-handlers-told")]
    internal static void All(Transcript t)
    {
        var twin = new HandlersTold(t);
        EventLoop.Run(twin.Main(), Real);
        t.Print("-- left_behind");
        EventLoop.Run(twin.LeftBehind(), Real);
    }

    private async Coroutine Main()
    {
        var loop = EventLoop.Current;
        t.Print(loop.ExceptionHandler);
        loop.SetExceptionHandler(Told);
        t.Print(loop.ExceptionHandler == Told);
        await Step("server_handlers", ServerHandlers);
        await Step("protocols", Protocols);
        await Step("never_retrieved", NeverRetrieved);
        await Step("words", Words);
        await Step("values", Values);
    }

    private async Coroutine Step(string name, Func<Coroutine> step)
    {
        t.Print("--", name);
        await step();
    }

    private static async Coroutine Turns(int count)
    {
        for (var i = 0; i < count; i++) await Aio.Sleep(TimeSpan.Zero);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static string Named(Exception? error) => error switch
    {
        null => "None",
        KeyError => $"KeyError({error.Message})",
        IOException => $"OSError('{error.Message}')",
        ValueError value => value.Repr,
        _ => error.ToString(),
    };

    private void Told(EventLoop loop, LoopExceptionContext context)
    {
        // With the iterator's own name behind it, as in Python.
        var message = context.Iterator is { } iterator ? context.Message[..^(iterator.ToString()!.Length + 1)] : context.Message;
        List<string> kept = [];
        if (context.Future is not null) kept.Add("future");
        if (context.Task is not null) kept.Add("task");
        if (context.Protocol is not null) kept.Add("protocol");
        if (context.Transport is not null || context.Writer is not null) kept.Add("transport");
        if (context.Iterator is not null) kept.Add("asyncgen");
        t.Print(["told", message, Named(context.Exception), .. kept]);
    }

    private async Coroutine ServerHandlers()
    {
        async Coroutine Serve(AsyncStreamReader reader, AsyncStreamWriter writer)
        {
            var line = await reader.ReadLine();
            EventLoop.Current.CallSoon(() => t.Print("soon"));
            t.Print("serves", line);
            var text = Encoding.ASCII.GetString(line);
            if (text == "fail\n") throw new ValueError("handler");
            if (text == "cancel\n")
            {
                Aio.CurrentTask!.Cancel();
                await Turns(1);
            }

            writer.Write("ok"u8);
        }

        var server = Aio.StartServer(Serve, "127.0.0.1", 0);
        var port = ((IPEndPoint)server.LocalEndPoint).Port;
        foreach (var line in new[] { "fail\n", "cancel\n" })
        {
            var (reader, writer) = await Aio.OpenConnection("127.0.0.1", port);
            writer.Write(Bytes(line));
            t.Print(await reader.Read());
            writer.Close();
            await writer.WaitClosed();
        }

        server.Close();
        await server.WaitClosed();
    }

    private async Coroutine Protocols()
    {
        var server = Aio.CreateServer(() => new Failing(t), "127.0.0.1", 0);
        var (reader, writer) = await Aio.OpenConnection("127.0.0.1", ((IPEndPoint)server.LocalEndPoint).Port);
        await Aio.Sleep(Seconds(.05));
        writer.Write("x"u8);
        t.Print(await reader.Read());
        writer.Close();
        await writer.WaitClosed();
        server.Close();
    }

    private static async Coroutine NeverRetrieved()
    {
        FailTask();
        await Turns(2);
        Collect();
        await Turns(1);
        FailFuture();
        Collect();
        await Turns(1);
    }

    // Not in the frames of the coroutine, which would hold what is to be lost.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailTask()
    {
        static async Coroutine Fails() => throw new IOException("task");
        Aio.CreateTask(Fails());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailFuture() => EventLoop.Current.CreateFuture<int>().SetException(new ValueError("future"));

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private sealed class Failing(Transcript t) : AsyncProtocol
    {
        public override void DataReceived(ReadOnlySpan<byte> data) => throw new ValueError("data");

        public override void ConnectionLost(Exception? error) => t.Print("lost", Named(error));
    }
}
