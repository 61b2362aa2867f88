namespace Quintet.Asyncio;

internal enum FutureState : byte
{
    Pending,
    Finished,
    Failed,
    Cancelled,
}
