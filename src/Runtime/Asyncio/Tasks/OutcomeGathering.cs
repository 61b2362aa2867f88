namespace Quintet.Asyncio;

/// <summary>Gives how each child ended.</summary>
internal sealed class OutcomeGathering<T>(Future[] children) : Gathering<Outcome<T>[]>(children, stopAtError: false)
{
    private protected override Outcome<T>[] Results() =>
        Array.ConvertAll(Children, static child => Outcome<T>.Of((IFuture<T>)child));
}
