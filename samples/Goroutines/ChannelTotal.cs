using Quintet.Goroutines;

namespace Baskets;

/// <summary>
/// The moved program: goroutines share nothing. Workers get baskets over one channel and send prices over another; who adds up is alone
/// with the total and needs no lock.
/// </summary>
public static class ChannelTotal
{
    public static long Of(IReadOnlyList<Basket> baskets)
    {
        var total = 0L;
        GoScheduler.Run(async () =>
        {
            var (work, prices, workers) = (new Chan<Basket>(), new Chan<long>(), new WaitGroup());
            for (var n = 0; n < Go.MaxProcs; n++) workers.Go(() => PriceAll(work, prices));
            Go.Run(async () =>
            {
                foreach (var basket in baskets) await work.SendAsync(basket);
                work.Close();
                await workers.WaitAsync();
                prices.Close();
            });
            await foreach (var price in prices) total += price;
        }, null);
        return total;
    }

    private static async GoTask PriceAll(IReceiveChan<Basket> work, ISendChan<long> prices)
    {
        await foreach (var basket in work) await prices.SendAsync(basket.Price()); // right
    }
}
