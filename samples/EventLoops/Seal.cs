using System.Security.Cryptography;
using System.Text;

namespace Letters;

/// <summary>What closes a letter. Making it is slow on purpose.</summary>
public static class Seal
{
    public static string Of(string letter)
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(letter, Encoding.UTF8.GetBytes("wax"), 40_000, HashAlgorithmName.SHA256, 16);
        return Convert.ToHexString(key);
    }
}
