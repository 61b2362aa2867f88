using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Quintet.Tool.Compiling;

/// <summary>Reads text as the compiler does: the byte order mark decides, then UTF-8, then Latin-1 for old files.</summary>
internal static class SourceFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or null for a file that is not there (a generator's output, a broken item).</summary>
    public static SourceText? Read(string path, Encoding? declared = null, SourceHashAlgorithm algorithm = SourceHashAlgorithm.Sha256)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (declared is not null) return SourceText.From(stream, declared, algorithm);
            try
            {
                return SourceText.From(stream, Strict, algorithm);
            }
            catch (DecoderFallbackException)
            {
                stream.Position = 0;
                return SourceText.From(stream, Encoding.Latin1, algorithm);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
