namespace Quintet.GilThreads;

/// <summary>A <see cref="GlobalInterpreterLock"/> was used in a way that CPython answers with a fatal error or a hang.</summary>
/// <param name="message">What was done and what to do instead.</param>
public class GilMisuseException(string message) : InvalidOperationException(message);
