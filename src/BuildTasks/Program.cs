using System.Text;
using Quintet.BuildTasks.Caching;

namespace Quintet.BuildTasks;

/// <summary>What a <see cref="ReaderProcess"/> runs: reads references and leaves in the cache what they do.</summary>
internal static class Program
{
    private static int Main()
    {
        try
        {
            using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (input.ReadLine() is not { Length: > 0 } folder) return 1;
            var references = new List<string>();
            while (input.ReadLine() is { } reference) references.Add(reference);
            new ReferenceEffects(new EffectCache(folder)).Write(Stream.Null, references, reader: null);
            return 0;
        }
        // The build finds less in the cache then, and reads the rest itself.
        catch (Exception)
        {
            return 1;
        }
    }
}
