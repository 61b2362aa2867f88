namespace Quintet.Node;

/// <summary>A message that is about to be sent, with what is handed over: nothing, before it is sure that all can be.</summary>
internal static class Transfer
{
    internal static Transfer<T> Prepare<T>(T message, MessagePort? source, IEnumerable<object> transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        object[] given = [.. transfer];
        for (var i = 0; i < given.Length; i++)
        {
            if (Array.IndexOf(given, given[i]) < i)
            {
                var kind = given[i] is MessagePort ? "MessagePort" : "ArrayBuffer";
                throw new DataCloneException($"Transfer list contains duplicate {kind}");
            }

            if (given[i] == source) throw new DataCloneException("Transfer list contains source port");
            if (given[i] is MessagePort { IsDetached: true })
                throw new DataCloneException("MessagePort in transfer list is already detached");
            if (given[i] is not (MessagePort or byte[])) throw new DataCloneException($"A {given[i]?.GetType()} cannot be handed over.");
        }

        return new Transfer<T>(message, given);
    }
}
