namespace Quintet.Loops;

/// <summary>Who uses a transport: told what happens, on the loop's thread.</summary>
internal interface ITransportUser
{
    /// <summary>Bytes came. They are the caller's buffer: valid during the call only.</summary>
    void OnData(ReadOnlySpan<byte> data);

    /// <summary>The other end will send nothing more.</summary>
    void OnEnd();

    /// <summary>What was written has been handed to the system, or fallen to the low-water mark.</summary>
    void OnDrained();

    /// <summary>The connection is gone: for <paramref name="error"/>, or because it was closed. The last call.</summary>
    void OnClosed(Exception? error);
}
