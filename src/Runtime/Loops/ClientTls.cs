using System.Net.Security;

namespace Quintet.Loops;

/// <summary>A client's options of TLS.</summary>
internal static class ClientTls
{
    /// <summary>The options, with the name that the host's certificate must have where they name none. They are not changed.</summary>
    internal static SslClientAuthenticationOptions For(SslClientAuthenticationOptions tls, string host) => tls.TargetHost is not null
        ? tls
        : new()
        {
            TargetHost = host,
            AllowRenegotiation = tls.AllowRenegotiation,
            AllowTlsResume = tls.AllowTlsResume,
            ApplicationProtocols = tls.ApplicationProtocols,
            CertificateChainPolicy = tls.CertificateChainPolicy,
            CertificateRevocationCheckMode = tls.CertificateRevocationCheckMode,
            CipherSuitesPolicy = tls.CipherSuitesPolicy,
            ClientCertificateContext = tls.ClientCertificateContext,
            ClientCertificates = tls.ClientCertificates,
            EnabledSslProtocols = tls.EnabledSslProtocols,
            LocalCertificateSelectionCallback = tls.LocalCertificateSelectionCallback,
            RemoteCertificateValidationCallback = tls.RemoteCertificateValidationCallback,
        };
}
