using Quintet.Goroutines;

namespace Quintet.Tests.Conformance.Traces.Twins.Go;

using Go = Quintet.Goroutines.Go;

/// <summary>What misuse says: the texts of Go's panics are the texts of our exceptions.</summary>
internal static class MisuseTwins
{
    [Twin("go/12-panics")]
    internal static void Panics(Transcript transcript) => SchedulingTwins.Run(async () =>
    {
        var never = Chan<int>.Nil;
        var closed = new Chan<int>(1);
        closed.Close();
        Try("close of nil", never.Close);
        Try("close of closed", closed.Close);
        await TryAsync("send to closed", async () => await closed.SendAsync(1));
        await TryAsync("receive from closed", async () => await closed.ReceiveAsync());
        await TryAsync("select that sends to closed", async () => await Select.Case(closed, 1).Case(never, 1));
        await TryAsync("select with a default that sends to closed", async () => await Select.Case(closed, 1).Default(() => { }));
        Try("negative size", () => _ = new Chan<int>(-1));
        Try("counter below zero", () =>
        {
            var group = new WaitGroup();
            group.Add(1);
            group.Done();
            group.Done();
        });
        Try("no parent", () => GoContext.WithCancel(null!));
        Try("no key", () => GoContext.WithValue(GoContext.Background, null!, 1));
        Try("ticker of zero", () => _ = new Ticker(TimeSpan.Zero));
        Try("reset of a ticker to zero", () =>
        {
            var ticker = new Ticker(TimeSpan.FromHours(1));
            try
            {
                ticker.Reset(TimeSpan.Zero);
            }
            finally
            {
                ticker.Stop();
            }
        });

        void Try(string what, Action body) => Tell(what, Record.Exception(body));

        async GoTask TryAsync(string what, Func<GoTask> body)
        {
            Exception? error = null;
            try
            {
                await body();
            }
            catch (Exception thrown)
            {
                error = thrown;
            }

            Tell(what, error);
        }

        // The base library adds the parameter to the message of an ArgumentException, in words of its own.
        void Tell(string what, Exception? error) =>
            transcript.Print(error is null ? what + " went well" : $"{what}: {error.Message.Split(" (Parameter")[0]}");
    });
}
