using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing.Functions;

/// <summary>A function of one argument. Others are brought to this form: several arguments are a tuple, none is
/// <see cref="Nothing"/>.</summary>
/// <remarks>
/// What it was given stays reachable until it has returned: a span of shared memory does not keep the memory, and the collector would take
/// it from under a function that has no more use for the array itself.
/// </remarks>
internal sealed class RemoteFunction<TIn, TOut>(Func<TIn, TOut> function) : RemoteFunction
{
    internal override void Invoke(ref PayloadReader arguments, int count, PayloadWriter results)
    {
        var (reads, writes) = (PayloadCodec<TIn>.Default, PayloadCodec<TOut>.Default);
        if (reads is RawCodec<TIn> && writes is RawCodec<TOut>)
        {
            // The commonest case by far, and the one in which two virtual calls for each element would be most of the time.
            for (var i = 0; i < count; i++) results.Unchecked(function(arguments.Unchecked<TIn>()));
            return;
        }
        for (var i = 0; i < count; i++)
        {
            var argument = reads.Read(ref arguments);
            writes.Write(results, function(argument));
            Keep(in argument);
        }
    }

    internal override Func<int> Bind(ref PayloadReader arguments)
    {
        var argument = PayloadCodec<TIn>.Default.Read(ref arguments);
        return () =>
        {
            var code = function(argument) is int number ? number : 0;
            Keep(in argument);
            return code;
        };
    }

    /// <summary>As <see cref="GC.KeepAlive"/>, without a box.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static void Keep(in TIn argument) { }
}
