using System.Net.Security;
using System.Net.Sockets;

namespace Quintet.Asyncio;

/// <summary>A task for each connection, with a reader and a writer.</summary>
internal sealed class StreamService(EventLoop loop, Func<AsyncStreamReader, AsyncStreamWriter, Coroutine> handler, int limit) : IService
{
    public IConnection Open(Socket socket, Action<IConnection> closed)
    {
        var connection = StreamConnection.Open(loop, socket, limit, closed);
        loop.Schedule(Start, connection);
        return connection;
    }

    public async Coroutine<IConnection?> OpenTls(Socket socket, SslServerAuthenticationOptions tls, Action<IConnection> closed)
    {
        var connection = await StreamConnection.OpenTls(
            loop, socket, limit, (ssl, abandon) => ssl.AuthenticateAsServerAsync(tls, abandon), closed);
        if (connection.Transport.IsClosing) return null;
        _ = loop.CreateTask(Handle(connection));
        return connection;
    }

    private void Start(object? state)
    {
        var connection = (StreamConnection)state!;
        loop.CreateTask(Handle(connection));
        connection.Transport.StartReading();
    }

    private async Coroutine Handle(StreamConnection connection)
    {
        try
        {
            await handler(connection.Reader, connection.Writer);
        }
        catch (CancelledError)
        {
            connection.Transport.Close();
            throw;
        }
        catch (Exception error)
        {
            loop.CallExceptionHandler(new("Unhandled exception in client_connected_cb", error, null));
            connection.Transport.Close();
        }
    }
}
