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
        Handle(connection);
        return connection;
    }

    private void Start(object? state)
    {
        var connection = (StreamConnection)state!;
        Handle(connection);
        connection.Transport.StartReading();
    }

    private void Handle(StreamConnection connection)
    {
        var task = loop.CreateTask(handler(connection.Reader, connection.Writer));
        task.AddDoneCallback(_ => OnHandled(connection, task));
    }

    private void OnHandled(StreamConnection connection, LoopTask task)
    {
        if (!task.IsCancelled)
        {
            if (task.Exception is not { } error) return;
            loop.CallExceptionHandler(new("Unhandled exception in client_connected_cb", error, null) { Writer = connection.Writer });
        }

        connection.Transport.Close();
    }
}
