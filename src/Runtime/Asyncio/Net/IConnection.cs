using Quintet.Loops;

namespace Quintet.Asyncio;

/// <summary>A connection that a server has taken, whoever serves it.</summary>
internal interface IConnection
{
    ITransport Transport { get; }

    void Abort();
}
