// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace BCrypt.Net
{
    public class BCrypt
    {
        public BCrypt() { }
        public static string HashPassword(string inputKey) => throw null;
        public static string EnhancedHashPassword(string inputKey) => throw null;
        public static string HashString(string inputKey, int workFactor) => throw null;
        public static bool Verify(string text, string hash, bool enhancedEntropy, object hashType) => throw null;
        public static bool EnhancedVerify(string text, string hash, object hashType) => throw null;
        public static string ValidateAndReplacePassword() => throw null;
    }
}

namespace Isopoh.Cryptography.Argon2
{
    public class Argon2
    {
        public Argon2() { }
        public object Hash() => throw null;
        public static bool Verify(string encoded, object configToVerify) => throw null;
    }
}

namespace Konscious.Security.Cryptography
{
    public abstract class Argon2
    {
        public Argon2() { }
        public virtual byte[] GetBytes(int bc) => throw null;
    }
}

namespace Org.BouncyCastle.Crypto.Generators
{
    public class Argon2BytesGenerator
    {
        public Argon2BytesGenerator() { }
        public int GenerateBytes(char[] password, byte[] output) => throw null;
    }
    public class BCrypt
    {
        public BCrypt() { }
        public static byte[] Generate(byte[] password, byte[] salt, int cost) => throw null;
    }
    public class DHParametersGenerator
    {
        public DHParametersGenerator() { }
        public virtual object GenerateParameters() => throw null;
    }
    public class DsaParametersGenerator
    {
        public DsaParametersGenerator() { }
        public virtual object GenerateParameters() => throw null;
    }
    public class OpenBsdBCrypt
    {
        public OpenBsdBCrypt() { }
        public static string Generate(char[] password, byte[] salt, int cost) => throw null;
        public static bool CheckPassword(string bcryptString, char[] password) => throw null;
    }
    public class Pkcs5S2ParametersGenerator
    {
        public Pkcs5S2ParametersGenerator() { }
        public virtual object GenerateDerivedParameters(string algorithm, int keySize) => throw null;
    }
    public class RsaKeyPairGenerator
    {
        public RsaKeyPairGenerator() { }
        public virtual object GenerateKeyPair() => throw null;
    }
    public class SCrypt
    {
        public SCrypt() { }
        public static byte[] Generate(byte[] P, byte[] S, int N, int r, int p, int dkLen) => throw null;
    }
}

namespace Sodium
{
    public static class PasswordHash
    {
        public static string ArgonHashString(string password, object limit) => throw null;
        public static byte[] ArgonHashBinary() => throw null;
        public static bool ArgonHashStringVerify(string hash, string password) => throw null;
        public static string ScryptHashString(string password, object limit) => throw null;
        public static byte[] ScryptHashBinary(string password, string salt, object limit, long outputLength) => throw null;
        public static bool ScryptHashStringVerify(string hash, string password) => throw null;
    }
}
