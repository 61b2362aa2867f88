using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quintet.Tests;

/// <summary>
/// The shape of Windows Forms, as a reference: the framework itself exists only on Windows, and what the rules know of it is
/// its names.
/// </summary>
internal static class Desktop
{
    public static readonly MetadataReference Reference = Compile(
        """
        using System;
        using System.ComponentModel;

        namespace System.Windows.Forms
        {
            public class Control : Component
            {
                public event EventHandler Click;
                public event EventHandler TextChanged;
                public string Text { get; set; }
                public object Tag { get; set; }
                public bool InvokeRequired => false;
                public object Invoke(Delegate method) => null;
                public void Invoke(Action method) { }
                public IAsyncResult BeginInvoke(Action method) => null;
                public System.Threading.Tasks.Task InvokeAsync(Action callback) => System.Threading.Tasks.Task.CompletedTask;
                public void Refresh() { }
                public void Invalidate() { }
                public void Invalidate(bool invalidateChildren) { }
                protected virtual void OnClick(EventArgs e) => Click?.Invoke(this, e);
                protected virtual void OnTextChanged(EventArgs e) => TextChanged?.Invoke(this, e);
            }

            public class Form : Control
            {
                public event EventHandler Load;
                public event EventHandler Shown;
                protected virtual void OnLoad(EventArgs e) => Load?.Invoke(this, e);
                protected virtual void OnShown(EventArgs e) => Shown?.Invoke(this, e);
            }

            public class Button : Control { }
            public class Label : Control { }
            public class ListBox : Control
            {
                public ObjectCollection Items { get; } = new();
                public class ObjectCollection
                {
                    public int Add(object item) => 0;
                    public void Clear() { }
                    public int IndexOf(object item) => 0;
                }
            }
            public class Board : Control
            {
                public static int Scale { get; set; }
                public int Width { get; set; }
                public PartCollection Controls { get; } = new();
                public PartCollection Children { get; } = new();
                public PartCollection Rows { get; } = new();
                public PartCollection Columns { get; } = new();
                public PartCollection Nodes { get; } = new();
                public PartCollection Inlines { get; } = new();
                public PartCollection Others { get; } = new();
                public PartBag Items { get; } = new();
                public static void Show() { }
                public class PartCollection
                {
                    public void Add(object part) { }
                    public void AddRange(object parts) { }
                    public void Insert(object part) { }
                    public void Remove(object part) { }
                    public void RemoveAt(object part) { }
                }
                public class PartBag { public void Add(object part) { } }
            }
            public class TextBox : Control { }
            public class PaintEventArgs : EventArgs { }
        }
        """);

    private static PortableExecutableReference Compile(string source)
    {
        var compilation = CSharpCompilation.Create(
            "System.Windows.Forms", [CSharpSyntaxTree.ParseText(source)], HostFramework.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray(), filePath: "System.Windows.Forms.dll");
    }
}
