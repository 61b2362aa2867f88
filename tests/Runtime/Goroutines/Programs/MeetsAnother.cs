using Quintet.Goroutines;

namespace Quintet.Tests.Runtime.Goroutines.Programs;

/// <summary>The near miss of the programs that wait for ever: neither the analyzers nor the run time say anything.</summary>
public static class MeetsAnother
{
    public static async GoTask Begin()
    {
        var (balls, one) = (new Chan<int>(), new Chan<int>(1));
        var answers = new Chan<int>();
        Go.Run(async () => await answers.SendAsync(6 * 7));
        await answers.ReceiveAsync();
        var kept = new Chan<int>(1);
        await kept.SendAsync(1);
        await kept.ReceiveAsync();
        var closed = new Chan<int>();
        closed.Close();
        await foreach (var value in closed) await one.SendAsync(value);
        var select = new Select();
        var chosen = select.Receive(one);
        select.Receive(balls);
        await one.SendAsync(1);
        while (await select != chosen.Index) await Go.Yield();
    }
}
