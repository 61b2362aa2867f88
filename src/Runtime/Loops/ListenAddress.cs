using System.Net;

namespace Quintet.Loops;

/// <summary>Where a server listens that was given a host. Nothing is looked up: listening does not wait.</summary>
internal static class ListenAddress
{
    /// <exception cref="ArgumentException">It is a name.</exception>
    internal static IPAddress Of(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host switch
        {
            "" => IPAddress.Any,
            "localhost" => IPAddress.Loopback,
            _ when IPAddress.TryParse(host, out var address) => address,
            _ => throw new ArgumentException(
                $"'{host}' is neither an IP address nor \"localhost\". Look names up first (Dns.GetHostAddressesAsync).", nameof(host)),
        };
    }
}
