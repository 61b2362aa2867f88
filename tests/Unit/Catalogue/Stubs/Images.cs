// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace ImageMagick
{
    public class MagickImage
    {
        protected MagickImage() { }
        public MagickImage(string fileName){ }
        public void Read(byte[] data) => throw null;
        public void Write(System.IO.FileInfo file) => throw null;
        public void Resize(object geometry) => throw null;
        public byte[] ToByteArray() => throw null;
        public void Blur() => throw null;
    }
}

namespace OpenCvSharp
{
    public static class Cv2
    {
        public static object ImRead(string fileName, object flags) => throw null;
        public static bool ImWrite(string fileName, object img, int[] prms) => throw null;
        public static void Resize() => throw null;
        public static void GaussianBlur() => throw null;
    }
}

namespace SkiaSharp
{
    public class SKBitmap
    {
        public SKBitmap() { }
        public static SkiaSharp.SKBitmap Decode(object codec) => throw null;
        public object Encode(object format, int quality) => throw null;
        public SkiaSharp.SKBitmap Resize(object info, object sampling) => throw null;
        public bool ScalePixels(SkiaSharp.SKBitmap destination, object sampling) => throw null;
    }
    public class SKImage
    {
        public SKImage() { }
        public object Encode() => throw null;
        public bool ScalePixels(SkiaSharp.SKPixmap dst, object sampling) => throw null;
    }
    public class SKPixmap
    {
        public SKPixmap() { }
        public object Encode(object options) => throw null;
        public bool ScalePixels(SkiaSharp.SKPixmap destination) => throw null;
    }
}

namespace System.Drawing
{
    public class Bitmap : System.Drawing.Image
    {
        protected Bitmap() { }
        public Bitmap(string filename){ }
        public Bitmap(System.IO.Stream stream){ }
        public Bitmap(System.Drawing.Image original, int width, int height){ }
        public Bitmap(System.Drawing.Image original, System.Drawing.Size newSize){ }
    }
    public abstract class Image
    {
        public Image() { }
        public void Save(string filename) => throw null;
        public static System.Drawing.Image FromFile(string filename) => throw null;
        public static System.Drawing.Image FromStream(System.IO.Stream stream) => throw null;
        public System.Drawing.Image GetThumbnailImage(System.Delegate callback) => throw null;
    }
}

namespace System.Drawing.Printing
{
    public class PrintDocument
    {
        public PrintDocument() { }
        public void Print() => throw null;
    }
}
