using System.Net;

namespace Quintet.Loops;

/// <summary>A connection on a loop, whatever carries it: a socket, TLS over a socket, a pipe. Belongs to the loop's thread.</summary>
internal interface ITransport
{
    /// <summary>Whether it is closed or about to be.</summary>
    bool IsClosing { get; }

    /// <summary>The address of this end, where there is one.</summary>
    EndPoint? LocalEndPoint { get; }

    /// <summary>How many bytes were written and not yet taken by the system.</summary>
    int Kept { get; }

    /// <summary>More kept bytes than <paramref name="high"/> are too many; when <paramref name="low"/> are left, OnDrained comes.</summary>
    void SetLimits(int high, int low);

    void StartReading();

    void StopReading();

    /// <returns>False when so much is kept that the writer should wait for OnDrained.</returns>
    bool Write(ReadOnlySpan<byte> data);

    /// <summary>Tells the other end, when everything is written, that nothing more will come.</summary>
    void EndWriting();

    /// <summary>Closes when everything is written.</summary>
    void Close();

    /// <summary>Closes at once; what is kept is lost.</summary>
    void Abort(Exception? error = null);
}
