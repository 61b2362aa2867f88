namespace Quintet.Asyncio;

/// <summary>What is done with a connection, as callbacks: the way with the least between the socket and the program. Source:
/// <c>asyncio.Protocol</c>.</summary>
/// <remarks>Derive, override what matters, and give a factory to <see cref="Aio.CreateServer(Func{AsyncProtocol}, string, int, int,
/// System.Net.Security.SslServerAuthenticationOptions)"/> or <see cref="Aio.CreateConnection{TProtocol}(Func{TProtocol}, string, int)"/>.
/// Everything is called on the loop's thread and holds the loop as long as it runs. An exception of <see cref="DataReceived"/> or
/// <see cref="EofReceived"/> goes to the loop's exception handler and breaks the connection off; one of the others goes to the handler
/// only.</remarks>
public abstract class AsyncProtocol
{
    /// <summary>The connection is there. Called once, before everything else.</summary>
    /// <param name="transport">Writes to the connection and closes it.</param>
    public virtual void ConnectionMade(AsyncTransport transport) { }

    /// <summary>Bytes came. They are valid during the call only: copy what is to be kept.</summary>
    /// <param name="data">At least one byte; where messages begin and end is the protocol's matter.</param>
    public virtual void DataReceived(ReadOnlySpan<byte> data) { }

    /// <summary>The other end will send nothing more.</summary>
    /// <returns>Whether the connection stays open for writing; false, the default, closes it when everything is written.</returns>
    public virtual bool EofReceived() => false;

    /// <summary>The connection is gone. Called once, after everything else.</summary>
    /// <param name="error">Why it was lost; null when it was closed.</param>
    public virtual void ConnectionLost(Exception? error) { }

    /// <summary>More is kept than <see cref="AsyncTransport.SetWriteBufferLimits"/> allows: write no more for now.</summary>
    public virtual void PauseWriting() { }

    /// <summary>What is kept has fallen to the lower limit.</summary>
    public virtual void ResumeWriting() { }
}
