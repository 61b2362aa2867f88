using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Quintet.Generators;

/// <summary>The text of a codec for one class, record or struct.</summary>
internal static class CodecText
{
    internal static string Of(string name, INamedTypeSymbol type, ObjectShape shape)
    {
        var full = CodecSet.Name(type);
        var text = new StringBuilder();
        text.AppendLine($"        private sealed class {name} : PayloadCodec<{full}>").AppendLine("        {");
        if (shape.MayHide)
        {
            var reached = string.Concat(shape.Members.Select(static member => $", \"{member.Name}\""));
            text.AppendLine("            private static readonly string Hidden =")
                .AppendLine($"                ProcessFunctionTable.HiddenState(typeof({full}){reached});");
            text.AppendLine();
        }
        Write(text, type, full, shape);
        text.AppendLine();
        Read(text, type, full, shape);
        return text.AppendLine("        }").ToString();
    }

    private static void Write(StringBuilder text, INamedTypeSymbol type, string full, ObjectShape shape)
    {
        text.AppendLine($"            public override void Write(PayloadWriter writer, {full} value)").AppendLine("            {");
        if (type.IsReferenceType)
        {
            text.AppendLine("                if (value is null) { writer.Raw((byte)0); return; }");
            if (!type.IsSealed)
            {
                text.AppendLine($"                if (value.GetType() != typeof({full}))");
                text.AppendLine($"                    throw new PayloadSerializationException(\"{type.Name}\",");
                text.AppendLine("                        \"it is a \" + value.GetType() + \", of which a part would be lost.\");");
            }
            if (shape.MayHide)
            {
                text.AppendLine("                if (Hidden is not null)");
                text.AppendLine($"                    throw new PayloadSerializationException(\"{type.Name}\", Hidden);");
            }
            text.AppendLine("                writer.Raw((byte)1);");
        }
        text.AppendLine($"                writer.Enter(\"{type.Name}\");");
        text.AppendLine("                var member = \"\";").AppendLine("                try").AppendLine("                {");
        foreach (var member in shape.Members)
        {
            var value = $"value.{CodecSet.Identifier(member.Name)}";
            var write = CodecSet.IsRaw(member.Type) ? $"writer.Raw({value})"
                : member.Type.SpecialType == SpecialType.System_String ? $"writer.Text({value})"
                : $"PayloadCodec<{CodecSet.Name(member.Type)}>.Default.Write(writer, {value})";
            text.AppendLine($"                    member = \"{member.Name}\";").AppendLine($"                    {write};");
        }
        text.AppendLine("                }");
        text.AppendLine("                catch (PayloadSerializationException failure)").AppendLine("                {");
        text.AppendLine($"                    throw failure.Within(\"{type.Name}\", member);").AppendLine("                }");
        text.AppendLine("                writer.Leave();").AppendLine("            }");
    }

    private static void Read(StringBuilder text, INamedTypeSymbol type, string full, ObjectShape shape)
    {
        text.AppendLine($"            public override {full} Read(ref PayloadReader reader)").AppendLine("            {");
        if (type.IsReferenceType) text.AppendLine("                if (reader.Raw<byte>() == 0) return null;");
        for (var i = 0; i < shape.Members.Length; i++)
        {
            var member = shape.Members[i].Type;
            var read = CodecSet.IsRaw(member) ? $"reader.Raw<{CodecSet.Name(member)}>()"
                : member.SpecialType == SpecialType.System_String ? "reader.Text()"
                : $"PayloadCodec<{CodecSet.Name(member)}>.Default.Read(ref reader)";
            text.AppendLine($"                var member{i} = {read};");
        }
        var indexed = shape.Members.Select(static (member, i) => (Member: member, Value: $"member{i}")).ToList();
        var arguments = string.Join(", ", indexed.Where(static item => item.Member.InConstructor).Select(static item => item.Value));
        var set = string.Join(", ", indexed.Where(static item => !item.Member.InConstructor)
            .Select(static item => $"{CodecSet.Identifier(item.Member.Name)} = {item.Value}"));
        var initialiser = set.Length == 0 ? "" : $" {{ {set} }}";
        var made = type.IsTupleType ? "" : "new " + full;
        text.AppendLine($"                return {made}({arguments}){initialiser};").AppendLine("            }");
    }
}
