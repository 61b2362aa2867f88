using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Quintet.Tests.Conformance.Asyncio;

/// <summary>A certificate of our own for localhost, made once for the run.</summary>
internal static class Certificates
{
    internal static X509Certificate2 Localhost { get; } = Make();

    internal static SslServerAuthenticationOptions Server => new() { ServerCertificate = Localhost };

    /// <summary>Accepts that certificate, and for that name only.</summary>
    internal static SslClientAuthenticationOptions Client(string? target = null) => new()
    {
        TargetHost = target,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0
            && certificate?.GetCertHashString() == Localhost.GetCertHashString(),
    };

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
