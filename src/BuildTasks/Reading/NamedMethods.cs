using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>The methods that the instructions of a body name, found without following what the body does.</summary>
internal static class NamedMethods
{
    /// <summary>Their tokens, each once; null for a body that is no intermediate language.</summary>
    public static int[]? In(BlobReader il)
    {
        var found = new List<int>();
        while (il.RemainingBytes > 0)
        {
            if (OpShape.Read(ref il) is not { } shape) return null;
            var length = shape.Length >= 0 ? shape.Length : il.RemainingBytes >= 4 ? 4 * (long)il.ReadUInt32() : long.MaxValue;
            if (length > il.RemainingBytes) return null;
            if (shape.NamesMethod) found.Add(il.ReadInt32());
            else il.Offset += (int)length;
        }

        if (found.Count < 2) return [.. found];
        found.Sort();
        return [.. found.Where((token, at) => at == 0 || token != found[at - 1])];
    }
}
