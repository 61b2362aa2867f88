using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Quintet.Multiprocessing.Workers;

/// <summary>How an exception crosses: as texts. The other side makes an exception of the same type again where that is safe.</summary>
internal static class RemoteFailure
{
    private const int LongestText = 20_000;

    // All texts together: an answer that is a failure fits into one frame.
    private const int MostText = 110_000;

    // Of an exception that holds others: how many of them, and of theirs, and so on.
    private const int MostHeld = 16;
    private const int Deepest = 3;

    internal static void Write(PayloadWriter writer, Exception exception)
    {
        var left = MostText;
        Write(writer, exception, Deepest, ref left);
    }

    internal static Exception Read(ref PayloadReader reader, Assembly? home, int processId) => Read(ref reader, home, processId, Deepest);

    private static void Write(PayloadWriter writer, Exception exception, int depth, ref int left)
    {
        var type = exception.GetType();
        var (message, payload) = (SafeText(() => exception.Message), exception as PayloadSerializationException);
        var given = SafeText(() => Given(exception));
        string?[] texts =
        [
            type.FullName, type.Assembly.GetName().Name, message, given == message ? null : given, SafeText(exception.ToString),
            payload?.MemberPath, payload?.Reason,
        ];
        foreach (var text in texts) writer.Text(Cut(text, ref left));
        var held = depth > 0 && type == typeof(AggregateException) ? ((AggregateException)exception).InnerExceptions : null;
        var count = Math.Min(held?.Count ?? 0, MostHeld);
        writer.Raw(count);
        for (var i = 0; i < count; i++) Write(writer, held![i], depth - 1, ref left);
    }

    private static Exception Read(ref PayloadReader reader, Assembly? home, int processId, int depth)
    {
        var name = reader.Text() ?? "Exception";
        var assembly = reader.Text() ?? "";
        var message = reader.Text() ?? "";
        var given = reader.Text() ?? message;
        var remote = new RemoteException(name, message, reader.Text() ?? "", processId);
        var (path, reason) = (reader.Text(), reader.Text());
        var held = new List<Exception>();
        var count = reader.Raw<int>();
        if (count is < 0 or > MostHeld || (count > 0 && depth == 0)) throw new ProcessProtocolException($"A failure holds {count} others.");
        for (; count > 0; count--) held.Add(Read(ref reader, home, processId, depth - 1));
        if (path is not null) return new PayloadSerializationException(path, reason ?? "", remote);
        if (held.Count > 0) return WithStack(new AggregateException(given, held), remote);
        return Cancellation(name, given, remote) ?? Again(Find(name, assembly, home), given, remote) ?? remote;
    }

    /// <summary>What the constructor is to be given, where the exception makes its message of it.</summary>
    private static string Given(Exception exception)
    {
        if (exception is TypeInitializationException failed) return failed.TypeName;
        if (exception is not AggregateException several) return exception.Message;

        // "One or more errors occurred. (a) (b)": the parts in brackets are put there again.
        var held = string.Concat(several.InnerExceptions.Select(static inner => $" ({inner.Message})"));
        return exception.Message.EndsWith(held, StringComparison.Ordinal) ? exception.Message[..^held.Length] : exception.Message;
    }

    // Only exception types, and only those of the base library, of the function's own assembly and of what that refers to:
    // a name that came over the wire must not be able to bring in anything else.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What was trimmed away is not found; "
        + "the remote exception remains.")]
    [UnconditionalSuppressMessage("Trimming", "IL2057", Justification = "As above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
    private static Type? Find(string name, string assembly, Assembly? home)
    {
        try
        {
            if (home?.GetType(name) is { } own) return own;
            if (typeof(object).Assembly.GetType(name) is { } known) return known;
            if (typeof(RemoteFailure).Assembly is { } ours && ours.GetName().Name == assembly) return ours.GetType(name);
            var isTrusted = assembly.StartsWith("System.", StringComparison.Ordinal)
                || (home is not null && Array.Exists(home.GetReferencedAssemblies(), known => known.Name == assembly));
            return isTrusted ? Assembly.Load(new AssemblyName(assembly)).GetType(name) : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>What answers the caller's token has to be told from a failure, also where constructors are not found by reflection (Native
    /// AOT).</summary>
    private static OperationCanceledException? Cancellation(string name, string message, RemoteException remote) => name switch
    {
        "System.OperationCanceledException" => new OperationCanceledException(message, remote),
        "System.Threading.Tasks.TaskCanceledException" => new TaskCanceledException(message, remote),
        _ => null,
    };

    // Of the nearest type that has a conventional constructor: who catches a JsonException need not know that it was a JsonReaderException.
    // But Exception itself says no more than the remote exception does.
    private static Exception? Again(Type? type, string message, RemoteException remote)
    {
        for (var at = type; at is not null && at.IsAssignableTo(typeof(Exception)) && !IsGeneral(at); at = at.BaseType)
            if (!at.IsAbstract && Made(at, message, remote) is { } made) return made;
        return null;
    }

    private static bool IsGeneral(Type type) =>
        type == typeof(Exception) || type == typeof(SystemException) || type == typeof(ApplicationException);

    // With the constructor that takes no inner exception, the remote stack is the exception's own. Only our own need not be public.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "What was trimmed away is not found; "
        + "the remote exception remains.")]
    private static Exception? Made(Type type, string message, RemoteException remote)
    {
        var visible = BindingFlags.Instance | BindingFlags.Public;
        if (type.Assembly == typeof(RemoteFailure).Assembly) visible |= BindingFlags.NonPublic;
        try
        {
            if (type.GetConstructor(visible, [typeof(string), typeof(Exception)]) is { } whole)
                return whole.Invoke([message, remote]) as Exception;
            return type.GetConstructor(visible, [typeof(string)])?.Invoke([message]) is Exception made && made.Message == remote.Message
                ? WithStack(made, remote)
                : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static Exception WithStack(Exception exception, RemoteException remote) =>
        ExceptionDispatchInfo.SetRemoteStackTrace(exception, remote.RemoteStackTrace);

    private static string SafeText(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (Exception)
        {
            return "(its text could not be made)";
        }
    }

    private static string? Cut(string? text, ref int left)
    {
        var length = Math.Min(text?.Length ?? 0, Math.Min(LongestText, left));
        left -= length;
        return text?[..length];
    }
}
