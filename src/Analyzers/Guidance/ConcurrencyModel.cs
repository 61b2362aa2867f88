namespace Quintet.Analyzers.Guidance;

/// <summary>The five columns of the article's table.</summary>
internal enum ConcurrencyModel
{
    Goroutines,
    Multiprocessing,
    Threads,
    Asyncio,
    EventLoop,
}
