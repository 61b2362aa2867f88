using System.CommandLine;
using Quintet.Tool;
using Quintet.Tool.Commands;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
