namespace Quintet.Multiprocessing.Functions;

/// <summary>A function of one argument. Others are brought to this form: several arguments are a tuple, none is
/// <see cref="Nothing"/>.</summary>
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
        for (var i = 0; i < count; i++) writes.Write(results, function(reads.Read(ref arguments)));
    }

    internal override Func<int> Bind(ref PayloadReader arguments)
    {
        var argument = PayloadCodec<TIn>.Default.Read(ref arguments);
        return () => function(argument) is int code ? code : 0;
    }
}
