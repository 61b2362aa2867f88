namespace Quintet.Asyncio;

/// <summary>Gives the children's results.</summary>
internal sealed class ResultGathering<T>(Future[] children) : Gathering<T[]>(children, stopAtError: true)
{
    private protected override T[] Results()
    {
        var results = new T[Children.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var child = Children[i];
            results[i] = child is LoopTask<T> task ? task.Result : ((IFuture<T>)child).Result;
        }

        return results;
    }
}
