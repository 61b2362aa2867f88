using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Quintet.Multiprocessing.Workers;

/// <summary>How an exception crosses: as texts. The other side makes an exception of the same type again where that is safe.</summary>
internal static class RemoteFailure
{
    private const int LongestText = 20_000;

    internal static void Write(PayloadWriter writer, Exception exception)
    {
        writer.Text(exception.GetType().FullName);
        writer.Text(Cut(SafeText(() => exception.Message)));
        writer.Text(Cut(SafeText(exception.ToString)));
        if (exception is PayloadSerializationException payload)
        {
            writer.Text(payload.MemberPath);
            writer.Text(payload.Reason);
        }
        else
        {
            writer.Text(null);
            writer.Text(null);
        }
    }

    internal static Exception Read(ref PayloadReader reader, Assembly? home, int processId)
    {
        var type = reader.Text() ?? "Exception";
        var message = reader.Text() ?? "";
        var remote = new RemoteException(type, message, reader.Text() ?? "", processId);
        var (path, reason) = (reader.Text(), reader.Text());
        if (path is not null) return new PayloadSerializationException(path, reason ?? "", remote);
        return Again(type, message, remote, home) ?? remote;
    }

    // Only exception types, of the base library or of the function's own assembly, and only through the conventional constructor:
    // a name that came over the wire must not be able to run anything else.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What was trimmed away is not found; "
        + "the remote exception remains.")]
    [UnconditionalSuppressMessage("Trimming", "IL2057", Justification = "As above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
    private static Exception? Again(string name, string message, RemoteException remote, Assembly? home)
    {
        try
        {
            var type = home?.GetType(name) ?? typeof(object).Assembly.GetType(name) ?? typeof(Uri).Assembly.GetType(name);
            if (type is null || type.IsAbstract || !type.IsAssignableTo(typeof(Exception))) return null;
            return type.GetConstructor([typeof(string), typeof(Exception)])?.Invoke([message, remote]) as Exception;
        }
        catch (Exception)
        {
            return null;
        }
    }

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

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
