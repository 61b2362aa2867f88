namespace Quintet.Generators;

/// <summary>Sixty-four bits that name a text in every build (FNV-1a).</summary>
internal static class StableId
{
    internal static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ (byte)character) * 1099511628211UL);
            hash = unchecked((hash ^ (byte)(character >> 8)) * 1099511628211UL);
        }
        return hash == 0 ? 1 : hash;
    }
}
