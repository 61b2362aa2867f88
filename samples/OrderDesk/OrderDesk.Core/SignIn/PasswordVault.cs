using System.Security.Cryptography;
using OrderDesk.Audit;

namespace OrderDesk.SignIn;

/// <summary>Passwords as PBKDF2 hashes; made slow on purpose, and so nothing to do under a lock or between two awaits.</summary>
public sealed class PasswordVault(AuditLog audit)
{
    private const int Iterations = 210_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _hashes = new();

    public string Realm { get; init; } = "orderdesk";

    public void Enroll(string user, string password)
    {
        lock (_gate)
        {
            _hashes[user] = Rfc2898DeriveBytes.Pbkdf2(password, Salt(user), Iterations, HashAlgorithmName.SHA256, 32); // wrong: QNT3004
        }
    }

    public void Register(string user, string password)
    {
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, Salt(user), Iterations, HashAlgorithmName.SHA256, 32); // right
        lock (_gate) _hashes[user] = hash;
    }

    public async Task<bool> VerifyAsync(string user, string password, CancellationToken cancellation)
    {
        await audit.WriteAsync($"{user} signs in to {Realm}", cancellation);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, Salt(user), Iterations, HashAlgorithmName.SHA256, 32); // wrong: QNT4005
        return Matches(user, hash);
    }

    public async Task<bool> SignInAsync(string user, string password, CancellationToken cancellation)
    {
        await audit.WriteAsync($"{user} signs in to {Realm}", cancellation);
        var hash = await Task.Run(() => Hash(user, password), cancellation); // right
        return Matches(user, hash);
    }

    public bool Matches(string user, byte[] hash)
    {
        lock (_gate) return _hashes.TryGetValue(user, out var known) && CryptographicOperations.FixedTimeEquals(known, hash);
    }

    public static byte[] Hash(string user, string password) =>
        Rfc2898DeriveBytes.Pbkdf2(password, Salt(user), Iterations, HashAlgorithmName.SHA256, 32);

    private static byte[] Salt(string user) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(user));
}
